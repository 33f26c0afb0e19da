// After a refused form the reader lands on the summary of what is wrong, not at the top of the page.
export function focusFirstWrong(root) {
  root.querySelector("[data-focus]")?.focus();
}
