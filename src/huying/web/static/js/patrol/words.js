// Texts are written by the server, in the page's language; %s stands for what is filled in.
const words = JSON.parse(document.getElementById("patrol-words").textContent);
const language = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";

export const say = (name, ...given) => given.reduce((text, value) => text.replace("%s", value), words[name]);
export const term = (value) => words.terms[value] ?? value;
export const answersTo = (kind) => words.answers[kind];

const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dated = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function moment(at) {
  const date = new Date(at);
  return date.toDateString() === new Date().toDateString() ? clock.format(date) : dated.format(date);
}

export const far = (metres) => (metres < 1000 ? say("metres", Math.round(metres / 10) * 10) : say("kilometres", (metres / 1000).toFixed(1)));
