// On a phone the choices that narrow a list are folded until they are wanted.
document.documentElement.dataset.script = "on";
if (matchMedia("(max-width: 767px)").matches) {
  document.querySelectorAll("#changelist-filter details").forEach((choice) => { choice.open = false; });
}
// On a phone a row of a list is read cell by cell, so each cell is told the heading it stands under.
document.querySelectorAll("#result_list").forEach((table) => {
  const heads = [...table.querySelectorAll("thead th")].map((head) => {
    const text = head.querySelector(".text");
    return text ? text.innerText.trim() : "";
  });
  table.querySelectorAll("tbody tr").forEach((row) => {
    [...row.children].forEach((cell, place) => { cell.dataset.label = heads[place] || ""; });
  });
  table.dataset.labelled = "yes";
});
