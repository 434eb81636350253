/* The two OpenActive validators over live feeds, offline: only this machine is reached, and the activity list comes
   from the folder of kept files. Reads {"feeds": [url], "models": [object], "kept": folder} and says
   {"failures": [...], "warnings": [...], "items": {url: number}, "asked": [address]}. */
const http = require("http");
const https = require("https");
const { readFileSync } = require("fs");

const asked = [];
function guard(module, name) {
  const real = module[name].bind(module);
  module[name] = (first, ...rest) => {
    const target = first instanceof URL || typeof first === "string" ? new URL(first) : first;
    const host = target.hostname || target.host || "";
    if (!["127.0.0.1", "localhost"].includes(host.split(":")[0])) {
      asked.push(`${host}${target.path || target.pathname || ""}`);
      throw new Error(`offline: ${host}`);
    }
    return real(first, ...rest);
  };
}
for (const module of [http, https]) for (const name of ["request", "get"]) guard(module, name);

const { validate } = require("@openactive/data-model-validator");
const { RpdeValidator } = require("@openactive/rpde-validator");

const told = JSON.parse(readFileSync(0, "utf8"));
const options = { loadRemoteJson: true, remoteJsonCachePath: told.kept, remoteJsonCacheTimeToLive: 1e9 };
const found = { failures: [], warnings: [], items: {}, asked };

function note(where, fault) {
  const said = { where, type: fault.type, message: fault.message, path: fault.path };
  if (fault.severity === "failure") found.failures.push(said);
  if (fault.severity === "warning") found.warnings.push(said);
}

async function every(url) {
  const items = [];
  for (let next = url; ; ) {
    const page = await new Promise((resolve, reject) => {
      http.get(next, (answer) => {
        let text = "";
        answer.on("data", (part) => { text += part; });
        answer.on("end", () => resolve(JSON.parse(text)));
      }).on("error", reject);
    });
    items.push(...page.items);
    if (page.items.length === 0) return items;
    next = page.next;
  }
}

async function main() {
  for (const url of told.feeds) {
    const log = await RpdeValidator(url, { timeoutMs: 20000 });
    for (const page of log.pages) for (const fault of page.errors) note(page.url, fault);
    const items = await every(url);
    found.items[url] = items.length;
    for (const item of items.filter((each) => each.state === "updated")) {
      for (const fault of await validate(item.data, { ...options, validationMode: "RPDEFeed" })) {
        note(`${url} ${item.id}`, fault);
      }
    }
  }
  for (const model of told.models) {
    for (const fault of await validate(model, { ...options, validationMode: "RPDEFeed" })) note(model["@type"], fault);
  }
  process.stdout.write(JSON.stringify(found));
}

main();
