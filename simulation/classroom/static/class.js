
{
  const lesson = JSON.parse(document.getElementById("data").textContent);
  let view = "ends";
  const show = () => {
    viewButtons(document.getElementById("views"), lesson, view, chosen => { view = chosen; show(); });
    draw(document.getElementById("figure"), lesson, lesson.dots, { view, height: 300 });
    document.body.dataset.ready = "yes";
  };
  addEventListener("resize", show);
  show();
}
