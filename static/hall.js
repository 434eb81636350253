/* What JavaScript adds: a form is sent once, long texts show what is left, drafts survive a lost page, errors get the focus. */
"use strict";
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.sent) { if (form.dataset.sent) event.preventDefault(); return; }
  if (!event.submitter || !event.submitter.name) form.dataset.sent = "1";
  const draft = form.dataset.draft;
  if (draft) sessionStorage.setItem("sent:" + draft, "1");
  window.setTimeout(() => { delete form.dataset.sent; }, 8000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

const localDigits = (n) => {
  const zero = { fa: 0x06f0, ar: 0x0660 }[document.documentElement.lang];
  return zero ? String(n).replace(/\d/g, (d) => String.fromCharCode(zero + Number(d))) : String(n);
};
function showLeft(field) {
  const left = document.getElementById(field.id + "_left");
  if (left) left.textContent = localDigits(Math.max(0, field.maxLength - field.value.length));
}
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.maxLength > 0) showLeft(field);
  const form = field.form;
  if (form && form.dataset.draft && field.name && field.type !== "file") {
    localStorage.setItem("draft:" + form.dataset.draft + ":" + field.name, field.value);
  }
});
function welcome(root) {
  root.querySelectorAll("form[data-draft]").forEach((form) => {
    const name = form.dataset.draft;
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.value) continue;
      const kept = localStorage.getItem("draft:" + name + ":" + field.name);
      if (kept && (field.tagName === "TEXTAREA" || field.type === "text")) field.value = kept;
    }
  });
  root.querySelectorAll("[maxlength]").forEach(showLeft);
}
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-forget-draft]").forEach((mark) => {
    Object.keys(localStorage).filter((key) => key.startsWith("draft:" + mark.dataset.forgetDraft + ":")).forEach((key) => localStorage.removeItem(key));
  });
  welcome(document);
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
});
document.addEventListener("htmx:afterSettle", (event) => welcome(event.target));
