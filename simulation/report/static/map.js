/* Maps of the grid: cells on a canvas, and a range input that turns the days. */

const LARGEST_CELL = 56; // px: a world of a few cells stays a picture, not a wall

function bytes(text) { return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); }
function words(text) { return new Uint16Array(bytes(text).buffer); }

class DaySlider {
  /* The range input, the play button and the words of the day in a box; `show` is called at every change, and
     playing waits `pace` ms between two pictures. */
  constructor(box, days, show, pace = 600) {
    this.days = days; this.pace = pace; this.show = show;
    this.now = box.querySelector(".map-day"); this.input = box.querySelector("input");
    this.button = box.querySelector(".map-play");
    this.input.addEventListener("input", () => this.turn());
    this.button.addEventListener("click", () => this.toggle());
  }

  get day() { return Number(this.input.value); }

  turn() {
    const text = this.days[this.day];
    this.now.textContent = text;
    this.input.setAttribute("aria-valuetext", text);
    this.show();
  }

  toggle() {
    if (this.timer) { this.stop(); return; }
    const last = Number(this.input.max);
    if (this.day >= last) this.input.value = 0;
    this.button.textContent = "❚❚"; this.button.setAttribute("aria-label", "Pause");
    this.timer = setInterval(() => {
      if (this.day >= last) { this.stop(); return; }
      this.input.value = this.day + 1; this.turn();
    }, this.pace);
    this.turn();
  }

  stop() {
    clearInterval(this.timer); this.timer = null;
    this.button.textContent = "▶"; this.button.setAttribute("aria-label", "Play the days");
  }
}

class GridMap {
  /* The squares on a canvas, with names and a scale; what extends it says how the squares are drawn. */
  constructor(canvas, data) {
    this.canvas = canvas; this.data = data;
    this.rows = words(data.rows); this.columns = words(data.columns);
    this.nr = Math.max(...this.rows) + 1; this.nc = Math.max(...this.columns) + 1;
    this.at = new Int32Array(this.nr * this.nc).fill(-1);
    this.rows.forEach((row, i) => { this.at[row * this.nc + this.columns[i]] = i; });
    this.middle = data.south + this.nr * data.step / 2;
    this.squeeze = Math.cos(this.middle * Math.PI / 180);
  }

  size(room) { return Math.min(room / (this.nc * this.squeeze), LARGEST_CELL); }

  draw() {
    const room = this.canvas.parentElement.clientWidth, dpr = window.devicePixelRatio || 1;
    const cell = this.size(room);
    const width = Math.round(this.nc * cell * this.squeeze);
    this.cw = cell * this.squeeze; this.ch = cell;
    const height = Math.round(this.nr * this.ch);
    this.canvas.width = Math.round(width * dpr); this.canvas.height = Math.round(height * dpr);
    this.canvas.style.width = width + "px"; this.canvas.style.height = height + "px";
    const pen = this.canvas.getContext("2d");
    pen.scale(dpr, dpr);
    this.drawSquares(pen); this.drawPlaces(pen, width); this.drawScale(pen, width, height);
  }

  box(i) {
    const dpr = window.devicePixelRatio || 1, whole = (value) => Math.round(value * dpr) / dpr;
    const column = this.columns[i], row = this.nr - 1 - this.rows[i];
    const x = whole(column * this.cw), y = whole(row * this.ch);
    return [x, y, whole((column + 1) * this.cw) - x, whole((row + 1) * this.ch) - y];
  }

  drawFronts(pen, holders) {
    pen.strokeStyle = "#1d2530"; pen.lineWidth = 1; pen.beginPath();
    for (let i = 0; i < this.rows.length; i++) {
      const row = this.rows[i], column = this.columns[i];
      const x = column * this.cw, y = (this.nr - 1 - row) * this.ch;
      const east = column + 1 < this.nc ? this.at[row * this.nc + column + 1] : -1;
      const north = row + 1 < this.nr ? this.at[(row + 1) * this.nc + column] : -1;
      if (east >= 0 && holders[east] !== holders[i]) { pen.moveTo(x + this.cw, y); pen.lineTo(x + this.cw, y + this.ch); }
      if (north >= 0 && holders[north] !== holders[i]) { pen.moveTo(x, y); pen.lineTo(x + this.cw, y); }
    }
    pen.stroke();
  }

  drawPlaces(pen, width) {
    const scale = [width - width / 3 - 24, this.nr * this.ch - 36, width, this.nr * this.ch];
    const taken = [scale], limit = 1 + (width < 260 ? 7 : width < 420 ? 14 : 26);
    pen.font = (width < 420 ? "600 11px " : "600 12.5px ") + getComputedStyle(document.body).fontFamily;
    pen.textBaseline = "middle"; pen.lineJoin = "round";
    for (const [name, lat, lon] of this.data.places) {
      if (taken.length >= limit) break;
      const [x, y] = this.spot(lat, lon), long = pen.measureText(name).width;
      const left = x + 6 + long > width ? x - 6 - long : x + 6;
      const line = Math.min(Math.max(y, 9), this.nr * this.ch - 9); // the name of a place on the coast stays on the map
      const box = [Math.min(left, x) - 3, line - 9, Math.max(left + long, x) + 3, line + 9];
      const room = box[0] >= 0 && box[2] <= width;
      if (!room || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
      taken.push(box);
      pen.fillStyle = "#1d2530"; pen.strokeStyle = "#ffffff"; pen.lineWidth = 3.5;
      pen.beginPath(); pen.arc(x, y, 2.8, 0, 7); pen.stroke(); pen.fill();
      pen.strokeText(name, left, line); pen.fillText(name, left, line);
    }
  }

  drawScale(pen, width, height) {
    const perKm = this.ch / (this.data.step * 111.2);
    const km = [200, 100, 50, 20, 10, 5, 2, 1].find((k) => k * perKm < width / 3) || 1;
    const long = km * perKm, x = width - long - 12, y = height - 12;
    pen.strokeStyle = "#ffffff"; pen.lineWidth = 6; pen.beginPath(); pen.moveTo(x, y); pen.lineTo(x + long, y); pen.stroke();
    pen.strokeStyle = "#1d2530"; pen.lineWidth = 2; pen.beginPath();
    pen.moveTo(x, y - 4); pen.lineTo(x, y); pen.lineTo(x + long, y); pen.lineTo(x + long, y - 4); pen.stroke();
    pen.lineWidth = 3.5; pen.strokeStyle = "#ffffff"; pen.fillStyle = "#1d2530"; pen.textAlign = "right";
    pen.strokeText(km + " km", x + long, y - 12); pen.fillText(km + " km", x + long, y - 12); pen.textAlign = "left";
  }

  spot(lat, lon) {
    return [(lon - this.data.west) / this.data.step * this.cw, (this.nr - (lat - this.data.south) / this.data.step) * this.ch];
  }

  squareAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / this.cw);
    const row = this.nr - 1 - Math.floor((event.clientY - box.top) / this.ch);
    return row >= 0 && row < this.nr && column >= 0 && column < this.nc ? this.at[row * this.nc + column] : -1;
  }

  where(i) {
    const lat = this.data.south + (this.rows[i] + 0.5) * this.data.step;
    const lon = this.data.west + (this.columns[i] + 0.5) * this.data.step;
    return `Square at ${lat.toFixed(2)}° N, ${lon.toFixed(2)}° E`;
  }
}

class ControlMap extends GridMap {
  constructor(box, data) {
    super(box.querySelector("canvas"), data);
    this.element = box;
    this.readout = box.querySelector(".map-readout");
    this.unpack();
    this.days = new DaySlider(box, data.days, () => this.show(), data.days.length > 60 ? 300 : 600);
    this.canvas.addEventListener("pointermove", (event) => this.read(event));
    this.canvas.addEventListener("pointerdown", (event) => this.read(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas.parentElement);
    this.days.turn();
  }

  unpack() {
    let holders = new Uint8Array(this.rows.length).fill(255), percent = new Uint8Array(this.rows.length);
    this.frames = this.data.frames.map(([where, who, share]) => {
      holders = holders.slice(); percent = percent.slice();
      const at = new Uint32Array(bytes(where).buffer), whos = bytes(who), shares = bytes(share);
      at.forEach((cell, i) => { holders[cell] = whos[i]; percent[cell] = shares[i]; });
      return { holders, percent };
    });
  }

  get day() { return this.days.day; }

  show() {
    this.draw();
    this.element.dispatchEvent(new CustomEvent("day", { detail: this.data.numbers[this.day] }));
  }

  drawSquares(pen) {
    const { holders, percent } = this.frames[this.day];
    for (let i = 0; i < this.rows.length; i++) {
      const actor = this.data.actors[holders[i]], box = this.box(i);
      pen.globalAlpha = 1; pen.fillStyle = "#ffffff"; pen.fillRect(...box);
      if (!actor) continue;
      pen.globalAlpha = Math.max(0.12, percent[i] / 100) * 0.85;
      pen.fillStyle = actor.colour; pen.fillRect(...box);
    }
    pen.globalAlpha = 1;
    this.drawFronts(pen, holders);
  }

  read(event) {
    const i = this.squareAt(event);
    if (i < 0) { this.readout.textContent = "Outside the map's squares."; return; }
    const { holders, percent } = this.frames[this.day], actor = this.data.actors[holders[i]];
    this.readout.textContent = `${this.where(i)}: ${actor ? actor.name + this.share(percent[i]) : "nobody"}.`;
  }

  share(percent) { return ` in ${percent} of 100 histories`; }
}
