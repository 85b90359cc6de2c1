/* The replay of one history: marks for fighters, strikes and people in flight on the map of control. */

const CLOSE = 13; // px: a square seen from close by
const SMALL = 736; // px: from this width on there is room for the key beside everything else

class ReplayMap extends ControlMap {
  unpack() {
    super.unpack();
    this.element.querySelector(".map-key").open = window.innerWidth > SMALL;
    this.closer = this.element.querySelector(".map-closer");
    this.closer.addEventListener("click", () => this.turnClose());
    this.moves = this.element.querySelector(".map-moves");
    this.film = this.data.film.map((picture) => {
      const [cells, actors, fighters] = picture.bodies;
      return { ...picture, bodies: this.bodies(words(cells), bytes(actors), new Uint32Array(bytes(fighters).buffer)) };
    });
  }

  bodies(cells, actors, fighters) {
    const all = Array.from(cells, (cell, i) => ({ cell, actor: this.data.actors[actors[i]], fighters: fighters[i] }));
    return all.sort((a, b) => b.fighters - a.fighters);
  }

  show() {
    super.show();
    const [strikes, fled, returned] = this.film[this.day].moves, count = (n) => n.toLocaleString("en-GB");
    const parts = [`${count(strikes)} strikes`, `${count(fled)} people flee`];
    if (returned) parts.push(`${count(returned)} return home`);
    this.moves.textContent = this.day ? `Since the last step: ${parts.join(", ")}.` : "The start: nothing has happened yet.";
  }

  drawPlaces(pen, width) {
    const picture = this.film[this.day];
    for (const [from, to, people] of picture.flights) this.drawFlight(pen, from, to, people);
    for (const body of picture.bodies) this.drawBody(pen, body);
    for (const [cell, count] of picture.strikes) this.drawStrike(pen, cell, count);
    super.drawPlaces(pen, width);
  }

  middleOf(cell) {
    return [(this.columns[cell] + 0.5) * this.cw, (this.nr - 0.5 - this.rows[cell]) * this.ch];
  }

  /* Pixels of a square: the whole map fits the window; from close by it outgrows its frame, which scrolls. */
  size(room) {
    const tallest = window.innerHeight * (window.innerWidth > SMALL ? 0.85 : 0.5);
    const whole = Math.min(super.size(room), tallest / this.nr);
    this.closer.hidden = whole >= CLOSE;
    return this.close && whole < CLOSE ? CLOSE : whole;
  }

  turnClose() {
    this.close = !this.close;
    this.closer.textContent = this.close ? "Whole map" : "Closer";
    this.draw();
    const cells = this.busiest(), frame = this.canvas.parentElement, mean = (at) => cells.reduce((sum, cell) => sum + this.middleOf(cell)[at], 0) / cells.length;
    if (!this.close || !cells.length) return;
    frame.scrollLeft = mean(0) - frame.clientWidth / 2; frame.scrollTop = mean(1) - frame.clientHeight / 2;
  }

  /* The squares that have changed hands by now, or else all that ever do. */
  busiest() {
    const first = this.frames[0].holders, changed = ({ holders }) => [...holders.keys()].filter((i) => holders[i] !== first[i]);
    const now = changed(this.frames[this.day]);
    return now.length ? now : changed(this.frames[this.frames.length - 1]);
  }

  drawBody(pen, { cell, actor, fighters }) {
    const [x, y] = this.middleOf(cell), radius = this.data.largest * Math.sqrt(fighters / this.data.most);
    pen.beginPath(); pen.arc(x, y, Math.max(2.4, radius), 0, 7);
    pen.strokeStyle = "#ffffff"; pen.lineWidth = 3; pen.stroke();
    pen.fillStyle = actor.colour; pen.fill();
    pen.strokeStyle = "#1d2530"; pen.lineWidth = 1; pen.stroke();
  }

  drawStrike(pen, cell, count) {
    const [x, y] = this.middleOf(cell), long = 5 + Math.min(6, count), points = 8;
    pen.beginPath();
    for (let k = 0; k < 2 * points; k++) {
      const far = k % 2 ? long * 0.42 : long, turn = Math.PI * k / points;
      pen.lineTo(x + far * Math.cos(turn), y + far * Math.sin(turn));
    }
    pen.closePath();
    pen.fillStyle = "#ffe45c"; pen.fill(); pen.strokeStyle = "#1d2530"; pen.lineWidth = 1.2; pen.stroke();
  }

  drawFlight(pen, from, to, people) {
    const [x, y] = this.middleOf(from), [u, v] = this.middleOf(to), bend = 0.18;
    const cx = (x + u) / 2 + bend * (v - y), cy = (y + v) / 2 - bend * (u - x), turn = Math.atan2(v - cy, u - cx);
    pen.lineCap = "round";
    for (const [colour, wide] of [["#ffffff", 2.4], ["#1d2530", 0]]) {
      pen.strokeStyle = colour; pen.lineWidth = wide + 0.6 + Math.min(3, Math.log10(people / 100));
      pen.beginPath(); pen.moveTo(x, y); pen.quadraticCurveTo(cx, cy, u, v);
      for (const side of [-0.5, 0.5]) { pen.moveTo(u, v); pen.lineTo(u - 6 * Math.cos(turn + side), v - 6 * Math.sin(turn + side)); }
      pen.stroke();
    }
  }

  read(event) {
    super.read(event);
    const i = this.squareAt(event), picture = this.film[this.day];
    if (i < 0) return;
    const here = picture.bodies.filter((body) => body.cell === i);
    const told = here.map((body) => ` ${body.fighters.toLocaleString("en-GB")} fighters of ${body.actor.name}.`);
    const struck = picture.strikes.find(([cell]) => cell === i);
    if (struck) told.push(` Strikes since the last step: ${struck[1]}.`);
    this.readout.textContent += told.join("");
  }

  share() { return ""; }
}
