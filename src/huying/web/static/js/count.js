// How much may still be written, said when little is left. What is too long is not cut off: words pasted from
// elsewhere are shortened by whoever wrote them. Marks: [data-count="id of the field"] with data-most and its words.
const NEAR = 100;

export function countLeft(root) {
  for (const note of root.querySelectorAll("[data-count]")) {
    const field = document.getElementById(note.dataset.count);
    const most = Number(note.dataset.most);
    field.removeAttribute("maxlength");
    const look = () => {
      const left = most - field.value.length;
      note.hidden = left > NEAR;
      if (!note.hidden) note.textContent = (left < 0 ? note.dataset.wordsOver : note.dataset.wordsLeft).replace("#", Math.abs(left));
    };
    field.addEventListener("input", look);
    look();
  }
}
