/** What a page of another site tries in a browser that is let in to Dossier. Every try ends with what it could read, or null. */
export interface Attack {
  /** Where Dossier is, as the page names it. */
  target: string;
  sessionId: string;
  runId: string;
  reportId: string;
}

/** Runs in the hostile page. It holds no reference to anything outside itself. */
export async function attack({ target, sessionId, runId, reportId }: Attack): Promise<Record<string, string | null>> {
  const patienceMs = 4_000;
  const got: Record<string, string | null> = {};
  const within = <T>(promise: Promise<T>) =>
    Promise.race([promise, new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))]).catch(() => null);
  const tries: Promise<void>[] = [];
  const attempt = (name: string, what: () => Promise<string | null>) => {
    const told = within(what()).then((read) => {
      got[name] = read || null;
    });
    tries.push(told);
  };

  const paths = [
    "/",
    "/shares",
    `/sessions/${sessionId}`,
    `/reports/${reportId}`,
    "/api/sessions",
    `/api/sessions/${sessionId}`,
    `/api/runs/${runId}/events`,
    `/api/runs/${runId}/export/trace`,
    `/api/reports/${reportId}/export/md`,
  ];
  const json = { "content-type": "application/json" };
  const writes: [string, string, BodyInit | undefined][] = [
    ["POST", "/api/sessions", '{"title":"written by another site"}'],
    ["POST", `/api/sessions/${sessionId}/runs`, '{"question":"written by another site"}'],
    ["PATCH", `/api/sessions/${sessionId}`, '{"title":"written by another site"}'],
    ["DELETE", `/api/sessions/${sessionId}`, undefined],
    ["POST", `/api/runs/${runId}/stop`, '{"kind":"now"}'],
    ["POST", `/api/reports/${reportId}/shares`, "{}"],
    ["POST", "/api/sign-out", "{}"],
    ["POST", "/sign-in", "token=0123456789abcdef"],
  ];
  for (const path of paths) {
    for (const credentials of ["include", "omit"] as const)
      attempt(`fetch ${credentials} ${path}`, async () => (await fetch(target + path, { credentials })).text());
    attempt(`fetch no-cors ${path}`, async () => (await fetch(target + path, { mode: "no-cors", credentials: "include" })).text());
  }
  for (const [method, path, body] of writes) {
    attempt(`${method} json ${path}`, async () =>
      (await fetch(target + path, { method, headers: json, credentials: "include", ...(body !== undefined && { body }) })).text(),
    );
    if (method === "POST")
      attempt(`POST no-cors ${path}`, async () =>
        (await fetch(target + path, { method, mode: "no-cors", credentials: "include", ...(body !== undefined && { body }) })).text(),
      );
    if (method === "POST") navigator.sendBeacon(target + path, body ?? null);
    if (method === "POST" && !path.endsWith("stop"))
      for (const enctype of ["text/plain", "application/x-www-form-urlencoded"])
        attempt(`form ${enctype} ${path}`, () => {
          const frame = document.createElement("iframe");
          frame.name = `frame ${enctype} ${path}`;
          const form = document.createElement("form");
          form.method = "post";
          form.action = target + path;
          form.enctype = enctype;
          form.target = frame.name;
          const field = document.createElement("input");
          field.name = '{"title":"written by another site","question":"written by another site","kind":"now","x":"';
          field.value = '"}';
          form.append(field);
          document.body.append(frame, form);
          return new Promise((resolve) => {
            frame.onload = () => {
              const { contentDocument: inside } = frame;
              if (inside?.URL !== "about:blank") resolve(inside?.body.textContent ?? null);
            };
            form.submit();
          });
        });
  }
  for (const path of ["/api/sessions", `/reports/${reportId}`]) {
    for (const kind of ["img", "script", "iframe", "link", "object", "video"] as const)
      attempt(`${kind} ${path}`, () => {
        const element = document.createElement(kind);
        if (element instanceof HTMLLinkElement) Object.assign(element, { rel: "stylesheet", href: target + path });
        else if (element instanceof HTMLObjectElement) element.data = target + path;
        else element.src = target + path;
        return new Promise((resolve) => {
          // A frame also "loads" what it was not allowed to show: only its text would be something read.
          element.addEventListener("load", () => {
            if (element instanceof HTMLIFrameElement || element instanceof HTMLObjectElement)
              resolve(element.contentDocument?.body.textContent ?? null);
            else resolve("it loaded");
          });
          element.addEventListener("error", () => resolve(null));
          document.body.append(element);
        });
      });
    attempt(`window ${path}`, async () => {
      const opened = window.open(target + path);
      for (;;) {
        if (!opened || opened.closed) return null; // Dossier's pages let go of who opened them
        const { URL, readyState, body } = opened.document; // throws where the page is another site's
        if (URL !== "about:blank" && readyState === "complete") return body.textContent;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
  }
  attempt("EventSource", () => {
    const source = new EventSource(`${target}/api/runs/${runId}/events`, { withCredentials: true });
    return new Promise((resolve) => {
      source.onopen = () => resolve("it opened");
      source.onerror = () => {
        source.close();
        resolve(null);
      };
    });
  });
  for (const path of ["/", "/api/sessions", "/_next/webpack-hmr"])
    attempt(`WebSocket ${path}`, () => {
      const socket = new WebSocket(target.replace("http", "ws") + path);
      return new Promise((resolve) => {
        socket.onopen = () => resolve("it opened");
        socket.onerror = () => resolve(null);
      });
    });
  await Promise.all(tries);
  return got;
}
