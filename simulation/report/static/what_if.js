/* Shows the point of the grid that the sliders stand at, beside one's own guesses, which stay in this browser. */

const grid = JSON.parse(document.getElementById("grid").textContent);
const byId = (name) => document.getElementById(name);
const key = (point, ending) => `simulate ${grid.name} ${point} ${ending}`;
const memory = {};
const recall = (name) => { try { return localStorage.getItem(name) ?? ""; } catch { return memory[name] ?? ""; } };
function keep(name, value) {
  try { localStorage.setItem(name, value); } catch { memory[name] = value; }
}
const sliders = grid.sliders.map((_, k) => byId(`slider-${k}`));
const point = () => sliders.reduce((sum, slider, k) => sum * grid.sliders[k] + Number(slider.value), 0);
const plain = (value) => value.toLocaleString("en-GB", { maximumSignificantDigits: 3 });

function show() {
  const now = point(), shown = byId("show").getAttribute("aria-pressed") === "true";
  sliders.forEach((slider, k) => {
    const value = grid.values[k][slider.value];
    byId(`slider-${k}-value`).textContent = value;
    slider.setAttribute("aria-valuetext", value);
  });
  grid.endings.forEach((row, k) => {
    const guess = recall(key(now, k)), bar = byId(`bar-${k}`), [range, share, mine] = bar.children;
    byId(`guess-${k}`).value = guess;
    bar.hidden = !shown;
    byId(`count-${k}`).textContent = shown ? `${Math.round(row.numbers[now])} of 100` : "";
    range.style.left = `${row.low[now]}%`;
    range.style.width = `${row.high[now] - row.low[now]}%`;
    share.style.width = `${row.numbers[now]}%`;
    mine.hidden = guess === "";
    mine.style.left = `${guess}%`;
  });
  grid.people.forEach((row, k) => { byId(`people-${k}`).textContent = plain(row.numbers[now]); });
  const made = grid.endings.map((_, k) => recall(key(now, k))).filter((guess) => guess !== "").map(Number);
  const off = grid.endings.reduce((sum, row, k) => {
    const guess = recall(key(now, k));
    return guess === "" ? sum : sum + Math.abs(Number(guess) - row.numbers[now]);
  }, 0);
  byId("told").hidden = !shown;
  byId("sum").textContent = made.length ? `Your guesses here are off by ${Math.round(off / made.length)} of 100 on average.` : "You have made no guess here.";
}

for (const slider of sliders) slider.addEventListener("input", show);
grid.endings.forEach((_, k) => byId(`guess-${k}`).addEventListener("change", (event) => {
  const value = event.target.value === "" ? "" : String(Math.min(100, Math.max(0, Number(event.target.value))));
  keep(key(point(), k), value);
  show();
}));
byId("show").addEventListener("click", (event) => {
  const shown = event.target.getAttribute("aria-pressed") !== "true";
  event.target.setAttribute("aria-pressed", shown);
  event.target.textContent = shown ? "Cover it again" : "Show what came of it";
  show();
});
byId("forget").addEventListener("click", () => {
  const points = grid.sliders.reduce((product, count) => product * count, 1);
  for (let at = 0; at < points; at++) grid.endings.forEach((_, k) => keep(key(at, k), ""));
  show();
});
show();
