/* Opens the chain that a link leads to, and hides chains without the words that are looked for.
   The links of a chain to others are not searched: a name finds what it names, not all that mentions it. */

const filterBox = document.getElementById("sources-filter");
const folds = [...document.querySelectorAll("#sources details.origins")];
const chains = [...document.querySelectorAll("#sources .entry")];
let texts;

function filterChains() {
  const words = filterBox.value.toLowerCase().split(/\s+/).filter(Boolean);
  texts ??= chains.map((entry) => [...entry.children].filter((part) => part.className !== "see")
    .map((part) => part.textContent).join(" ").toLowerCase());
  let shown = 0;
  chains.forEach((entry, row) => {
    entry.hidden = !words.every((word) => texts[row].includes(word));
    if (!entry.hidden) shown += 1;
  });
  for (const fold of folds) {
    fold.hidden = words.length > 0 && !fold.querySelector(".entry:not([hidden])");
    fold.open = words.length > 0 && !fold.hidden;
  }
  const count = document.getElementById("sources-count");
  count.textContent = words.length ? `${shown} of ${chains.length} found` : "";
}

function openChain() {
  const entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!entry?.matches("#sources .entry")) return;
  if (entry.hidden) { filterBox.value = ""; filterChains(); }
  entry.closest("details").open = true;
  entry.scrollIntoView();
  entry.focus({ preventScroll: true });
}

if (filterBox) {
  filterBox.addEventListener("input", filterChains);
  window.addEventListener("hashchange", openChain);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a")?.hash === location.hash) openChain();
  });
  openChain();
}
