// A history checked on the reader's own device: on the page of a receipt, or with files that somebody kept.
import { able, differsFrom, verify, Wrong } from "./ledger.js";

for (const box of document.querySelectorAll("[data-proving]")) {
  const button = box.querySelector("[data-prove]");
  button.hidden = false;
  for (const part of box.querySelectorAll("[data-with-scripts]")) part.hidden = false;
  button.addEventListener("click", () => prove(box, button));
}

async function prove(box, button) {
  const say = (name, given = {}) => (box.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_all, key) => given[key] ?? "");
  button.disabled = true;
  try {
    if (!able()) tell(box, "amber", say("unable"));
    else await reckon(box, say);
  } catch (wrong) {
    if (wrong instanceof Wrong) tell(box, "red", say(`wrong${wrong.part[0].toUpperCase()}${wrong.part.slice(1)}`, wrong));
    else tell(box, "amber", wrong instanceof SyntaxError || wrong instanceof TypeError ? say("wrongFormat") : say("failed"));
  } finally {
    button.disabled = false;
  }
}

async function reckon(box, say) {
  const proof = (await chosen(box, "proof")) ?? (await fetched(box.dataset.proof));
  const kept = await chosen(box, "roots");
  const published = await fetched(box.dataset.roots.replace("/0/", `/${Number(proof.district)}/`));
  const steps = await verify(proof, published);
  if (kept) {
    const day = differsFrom(kept, published);
    if (day) throw new Wrong("kept", 0, day);
    await verify(proof, kept);
  }
  const sure = steps.filter((step) => step.day).length;
  tell(box, "green", say(sure === steps.length ? "holds" : "holdsPartly", { n: steps.length, sure, rest: steps.length - sure }));
  list(box, steps, say);
}

async function chosen(box, name) {
  const file = box.querySelector(`input[type=file][name=${name}]`)?.files[0];
  return file ? JSON.parse(await file.text()) : null;
}

async function fetched(address) {
  if (!address) throw new Wrong("format");
  const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function tell(box, tone, words) {
  const told = box.querySelector("[data-told]");
  told.replaceChildren(Object.assign(document.createElement("p"), { className: `notice notice-${tone}`, textContent: words }));
  box.querySelector("[data-steps]").replaceChildren();
}

function list(box, steps, say) {
  const lines = steps.map((step) => {
    const line = document.createElement("li");
    const at = new Date(step.at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "short", timeStyle: "short", timeZone: box.dataset.zone || undefined });
    line.textContent = `${step.label} ${at}：${say(step.day ? "step" : "stepWaits", { day: step.day })}`;
    return line;
  });
  box.querySelector("[data-steps]").replaceChildren(...lines);
}
