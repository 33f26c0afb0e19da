// The server, when it can be reached. An answer is {state: "ok" | "out" | "away" | "refused", status, body}: "out" is
// nobody signed in, "away" no signal or a server that is busy; only "refused" is final.
const PATIENCE = 20_000;
let token = "";

export async function ask(path, { method = "GET", json, bytes } = {}) {
  const headers = { Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRFToken": token }) };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (bytes !== undefined) headers["Content-Type"] = "application/octet-stream";
  try {
    const answer = await fetch(path, {
      method, headers, body: bytes ?? (json === undefined ? undefined : JSON.stringify(json)), cache: "no-store",
      redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    return await read(answer);
  } catch {
    return { state: "away", status: 0, body: {} };
  }
}

async function read(answer) {
  // Whoever is not signed in is led to the page for it.
  if (answer.type === "opaqueredirect") return { state: "out", status: 302, body: {} };
  const typed = answer.headers.get("Content-Type")?.startsWith("application/json");
  const body = typed ? await answer.json() : {};
  if (answer.ok) return { state: "ok", status: answer.status, body };
  // Without our own words it is something on the way that answered, or a token that is over.
  if (!typed || answer.status >= 500 || answer.status === 429) return { state: "away", status: answer.status, body };
  return { state: "refused", status: answer.status, body };
}

export async function here(tour = "") {
  const answer = await ask(`/patrol/here${tour ? `?tour=${tour}` : ""}`);
  if (answer.state === "ok") token = answer.body.token;
  return answer;
}
