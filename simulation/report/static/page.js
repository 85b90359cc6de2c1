/* Draws every figure and map of the page once, and again when the width crosses the narrow mark. */

const NARROW = 560;
const SLICE = 60; // ms
const dataFor = (id) => JSON.parse(document.querySelector(`script[data-for="${id}"]`).textContent);

function merged(layout, changes) {
  const result = { ...layout };
  for (const [name, value] of Object.entries(changes)) {
    const both = value && result[name] && typeof value === "object" && !Array.isArray(value);
    result[name] = both ? { ...result[name], ...value } : value;
  }
  return result;
}

function drawPlot(box) {
  const spec = dataFor(box.id), narrow = window.innerWidth < NARROW;
  const layout = merged(spec.layout, narrow ? spec.narrow : {});
  box.style.height = layout.height + "px";
  return Plotly.react(box, spec.data, { ...layout, autosize: true }, { displayModeBar: false, responsive: true });
}

/* Draws in slices, from the top, so that the page answers while the figures below are still to come. */
let drawing = 0;
async function drawPlots() {
  const mine = ++drawing;
  let rested = performance.now();
  for (const box of document.querySelectorAll(".plot")) {
    if (performance.now() - rested > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      rested = performance.now();
    }
    if (mine !== drawing) return;
    drawPlot(box);
  }
  document.body.dataset.ready = "yes";
}

/* Marks the day that the map shows, and scrolls the story (not the page) so that it can be read. */
function followStory(box) {
  const telling = document.querySelector(`.telling[data-map="${box.id}"]`);
  if (!telling) return;
  const items = [...telling.querySelectorAll("li")];
  box.addEventListener("day", (event) => {
    const now = items.findLast((item) => Number(item.dataset.day) <= event.detail);
    for (const item of items) item.classList.toggle("now", item === now);
    if (now) telling.scrollTop = now.offsetTop;
  });
}

/* A summary has what is unfolded on the screen; all of the page is printed with every fold open. */
function printing(on) {
  document.body.classList.toggle("printing", on);
  const whole = document.body.classList.contains("whole");
  for (const part of document.querySelectorAll("details:not(.origins, .cover)")) {
    if (on) { part.dataset.was = part.open; part.open ||= whole; } else part.open = part.dataset.was === "true";
  }
  /* Plotly.Plots.resize waits; a page about to be printed cannot. */
  for (const box of document.querySelectorAll(".plot")) {
    if (!box.clientWidth) continue;
    if (!box.data) drawPlot(box);
    Plotly.relayout(box, on ? { autosize: false, width: box.clientWidth } : { autosize: true, width: null });
  }
}

for (const box of document.querySelectorAll(".map")) {
  followStory(box);
  box.control = new (box.classList.contains("replay") ? ReplayMap : ControlMap)(box, dataFor(box.id));
}
for (const box of document.querySelectorAll(".maps")) new DifferenceMaps(box, dataFor(box.id));
let wasNarrow = window.innerWidth < NARROW;
window.addEventListener("resize", () => {
  const narrow = window.innerWidth < NARROW;
  if (narrow !== wasNarrow) { wasNarrow = narrow; drawPlots(); }
});
/* What lay under a cover had no width to be drawn for. */
for (const cover of document.querySelectorAll(".cover")) {
  cover.addEventListener("toggle", () => { if (cover.open) { drawPlots(); window.dispatchEvent(new Event("resize")); } });
}
for (const button of document.querySelectorAll("button.print")) {
  button.addEventListener("click", () => {
    document.body.classList.toggle("whole", button.dataset.whole === "yes");
    window.print();
  });
}
window.addEventListener("beforeprint", () => printing(true));
window.addEventListener("afterprint", () => printing(false));
drawPlots();
