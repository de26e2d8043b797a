import { expect, test, vi } from "vitest";
import { ahead } from "./ahead.ts";

const signal = new AbortController().signal;

function counting(answer: (request: string, count: number) => Promise<string> | string = (request) => `answer to ${request}`) {
  const asked: string[] = [];
  const requests = ahead<string>({
    ask: async (request) => {
      asked.push(request);
      return await answer(request, asked.length);
    },
    isUsable: (result) => result !== "unusable",
  });
  return { asked, requests };
}

test("what was begun is not asked again; the next time it is", async () => {
  const { asked, requests } = counting();
  requests.begin("a", signal);
  requests.begin("a", signal);
  expect(await requests.ask("a", signal)).toBe("answer to a");
  expect(asked).toEqual(["a"]);
  await requests.ask("a", signal);
  expect(asked).toEqual(["a", "a"]);
});

test("what was begun for the call is its request, whatever it came to; a guess that came to nothing is asked anew, and so is what broke", async () => {
  const { asked, requests } = counting((request, count) => {
    if (count === 1) throw new Error("broken");
    return request === "c" && count > 4 ? "fine" : request === "a" ? "fine" : "unusable";
  });
  requests.begin("a", signal);
  expect(await requests.ask("a", signal)).toBe("fine");
  requests.begin("b", signal);
  expect(await requests.ask("b", signal)).toBe("unusable");
  requests.expect(["c"], signal);
  expect(await requests.ask("c", signal)).toBe("fine");
  expect(asked).toEqual(["a", "a", "b", "c", "c"]);
});

test("a call that names thousands begins twenty, and what it did not ask for ends with it", async () => {
  const ended: string[] = [];
  const requests = ahead<string>({
    ask: (request, asking) => new Promise((_, reject) => asking.addEventListener("abort", () => reject(ended.push(request)))),
    isUsable: () => true,
  });
  for (let index = 0; index < 5_000; index++) requests.begin(String(index), signal);
  const [leave, leaveToo] = [requests.enter(), requests.enter()];
  leave();
  expect(ended).toHaveLength(0); // the call beside it may still ask
  leaveToo();
  expect(ended).toHaveLength(20);
});

test("guesses: three at first, then two for each that helped", async () => {
  const { asked, requests } = counting();
  requests.expect(["a", "b", "c", "d"], signal);
  expect(asked).toEqual(["a", "b", "c"]);
  requests.expect(["e"], signal);
  expect(asked).toHaveLength(3);
  await requests.ask("b", signal);
  requests.expect(["e", "f", "g"], signal);
  expect(asked).toEqual(["a", "b", "c", "e"]);
  await requests.ask("a", signal);
  await requests.ask("e", signal);
  requests.expect(["f", "g", "h", "i", "j", "k", "l"], signal);
  expect(asked).toEqual(["a", "b", "c", "e", "f", "g", "h", "i", "j"]); // c and these are six
});

test("guesses that nobody asks for are at most two for each that was used", async () => {
  const { asked, requests } = counting();
  let used = 0;
  for (let search = 0; search < 50; search++) {
    const hits = Array.from({ length: 10 }, (_, rank) => `${search}/${rank}`);
    requests.expect(hits, signal);
    if (search % 3 > 0) continue;
    used++;
    await requests.ask(`${search}/0`, signal);
  }
  const visited = asked.filter((request) => request.endsWith("/0") && Number(request.split("/")[0]) % 3 === 0);
  expect(new Set(visited).size).toBe(used);
  expect(asked.length - used).toBeLessThanOrEqual(2 * used);
});

test("whoever waits for what was begun can stop waiting", async () => {
  const stop = new AbortController();
  const never = Promise.withResolvers<string>();
  const requests = ahead<string>({
    ask: (_, asking) => (asking.aborted ? Promise.reject(asking.reason) : never.promise),
    isUsable: () => true,
  });
  requests.begin("a", signal);
  const asking = requests.ask("a", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(asking).rejects.toThrow("stopped");
});

test("an abort before it begins begins nothing", () => {
  const ask = vi.fn(async () => "x");
  ahead({ ask, isUsable: () => true }).begin("a", AbortSignal.abort());
  expect(ask).not.toHaveBeenCalled();
});
