/* Maps of differences from a reference, one a scenario, all turned by one slider. */

function unfold(changes, cells) {
  let now = new Uint8Array(cells);
  return changes.map(([where, share]) => {
    now = now.slice();
    const at = new Uint32Array(bytes(where).buffer), shares = bytes(share);
    at.forEach((cell, i) => { now[cell] = shares[i]; });
    return now;
  });
}

class DifferenceMap extends GridMap {
  constructor(canvas, data, reference, here) {
    super(canvas, data);
    this.reference = reference; this.here = here; this.day = here.length - 1;
    this.first = reference[0].map((share) => share >= 50 ? 1 : 0);
  }

  /* How many more of 100 histories; 0 where chance alone could make it (two standard errors, with one history
     of each kind added to both sides so that a handful of histories does not count: Agresti and Caffo 2000). */
  clear(i) {
    const n = this.data.histories, here = this.here[this.day][i], there = this.reference[this.day][i];
    const p = (n * here / 100 + 1) / (n + 2), q = (n * there / 100 + 1) / (n + 2);
    const chance = 4 * (p * (1 - p) + q * (1 - q)) / (n + 2);
    return (p - q) * (p - q) > chance ? here - there : 0;
  }

  colour(difference) {
    if (!difference) return "#ffffff";
    const size = this.data.steps.filter((step) => Math.abs(difference) >= step).length;
    return (difference > 0 ? this.data.more : this.data.fewer)[size];
  }

  drawSquares(pen) {
    for (let i = 0; i < this.rows.length; i++) { pen.fillStyle = this.colour(this.clear(i)); pen.fillRect(...this.box(i)); }
    pen.globalAlpha = 0.55; this.drawFronts(pen, this.first); pen.globalAlpha = 1;
  }

  count() {
    const found = this.rows.reduce((sum, _, i) => { sum[Math.sign(this.clear(i)) + 1] += 1; return sum; }, [0, 0, 0]);
    const [fewer, , more] = found;
    if (!more && !fewer) return "no square clearly differs";
    return [[more, "more"], [fewer, "fewer"]].filter(([n]) => n).map(([n, way]) => `${way} in ${n} ${n > 1 ? "squares" : "square"}`).join(", ");
  }

  words(i) {
    const here = this.here[this.day][i], there = this.reference[this.day][i];
    const sure = here === there || this.clear(i) ? "" : "; chance alone could make this difference";
    return `${this.where(i)}: held by ${this.data.side} in ${here} of 100 histories, in the reference in ${there}${sure}.`;
  }
}

class DifferenceMaps {
  constructor(box, data) {
    const cells = words(data.rows).length, reference = unfold(data.reference, cells);
    const canvases = [...box.querySelectorAll("canvas")], readout = box.querySelector(".map-readout");
    this.maps = canvases.map((canvas, k) => new DifferenceMap(canvas, data, reference, unfold(data.scenarios[k], cells)));
    this.slider = new DaySlider(box, data.days, () => this.show());
    for (const map of this.maps) {
      const read = (event) => {
        const i = map.squareAt(event);
        readout.textContent = i < 0 ? "Outside the map's squares." : map.words(i);
      };
      map.canvas.addEventListener("pointermove", read);
      map.canvas.addEventListener("pointerdown", read);
      new ResizeObserver(() => map.draw()).observe(map.canvas.parentElement);
    }
    this.slider.turn();
  }

  show() {
    for (const map of this.maps) {
      map.day = this.slider.day; map.draw();
      map.canvas.closest(".card").querySelector(".map-count").textContent = map.count();
    }
  }
}
