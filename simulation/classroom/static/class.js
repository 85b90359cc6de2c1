
{
  const lesson = JSON.parse(document.getElementById("data").textContent), box = document.getElementById("figures");
  const parts = viewsOf(lesson).map(view => {
    const part = element("section", {}), figure = element("div", { class: "figure" }), question = lesson.questions[view.id];
    part.append(element("h2", {}, question ? question.text : "How did the histories end?"), figure);
    box.append(part);
    return [view.id, figure];
  });
  const show = () => parts.forEach(([view, figure]) => draw(figure, lesson, lesson.dots, { view }));
  addEventListener("resize", show);
  show();
  document.body.dataset.ready = "yes";
}
