// html-validate over pages that come in line by line, each a JSON text; says the errors of each as a line of JSON.
// Arguments: the folder in which html-validate is installed, and its rules as JSON.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const [folder, rules] = process.argv.slice(2);
const { HtmlValidate, StaticConfigLoader } = createRequire(`${folder}/`)("html-validate");
const validator = new HtmlValidate(new StaticConfigLoader(JSON.parse(rules)));
const ERROR = 2;

for await (const line of createInterface({ input: process.stdin })) {
  const { results } = validator.validateStringSync(JSON.parse(line));
  const faults = results.flatMap(({ messages }) => messages).filter(({ severity }) => severity === ERROR);
  console.log(JSON.stringify(faults.map(({ ruleId, message, line, column }) => ({ ruleId, message, line, column }))));
}
