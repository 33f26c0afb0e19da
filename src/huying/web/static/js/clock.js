// The time on the wall, by the browser's clock set right by the server's at load, in the zone that the page names.
export function runClocks(root) {
  for (const face of root.querySelectorAll("time[data-clock]")) {
    const offset = new Date(face.dateTime).getTime() - Date.now();
    const show = () => {
      const now = new Date(Date.now() + offset);
      face.textContent = now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: face.dataset.clock || undefined });
      setTimeout(show, 60000 - (now.getTime() % 60000) + 50);
    };
    show();
  }
}
