// The elements of a part of the page that carry a mark, the part itself included.
export function within(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root instanceof Element && root.matches(selector) ? [root, ...inside] : inside;
}
