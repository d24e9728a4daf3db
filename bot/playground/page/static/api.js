// The server's JSON: `{"ok": true, "result": ...}` or `{"ok": false, "error": ...}`.

/** What the server refused; `status` is 0 where it did not answer at all. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function get(path) {
  return ask(path, { method: "GET" });
}

export function post(path, body = {}) {
  return ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

/** Sends a file as the body. */
export function upload(path, file) {
  return ask(path, { method: "POST", body: file, headers: { "Content-Type": file.type || "application/octet-stream" } });
}

async function ask(path, request) {
  let answer;
  try {
    answer = await fetch(path, { ...request, cache: "no-store", credentials: "same-origin" });
  } catch (problem) {
    throw new Refusal(0, String(problem));
  }
  const body = await answer.json().catch(() => ({ ok: false, error: answer.statusText }));
  if (!body.ok) throw new Refusal(answer.status, body.error);
  return body.result;
}
