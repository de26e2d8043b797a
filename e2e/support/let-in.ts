import type { Browser, BrowserContext } from "@playwright/test";

interface Cookie {
  name: string;
  value: string;
  url: string;
}

const cookies = new Set<Cookie>();
const contexts = new Set<BrowserContext>();

/** Opens a launch link as a browser does, and lets in every browser of this process, those that are open and those to come, until the returned function is called. */
export async function letIn(link: string): Promise<() => void> {
  const answer = await fetch(link, { redirect: "manual" });
  const [pair = ""] = answer.headers.getSetCookie();
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(pair) ?? [];
  if (answer.status !== 303 || !name || !value) throw new Error(`The launch link let nobody in: ${answer.status}`);
  const cookie = { name, value, url: new URL(link).origin };
  cookies.add(cookie);
  await Promise.all([...contexts].map((context) => context.addCookies([cookie])));
  return () => cookies.delete(cookie);
}

/** From now on the contexts of this browser are let in wherever a Dossier runs, but for those that bring a storage state of their own. */
export function letInContextsOf(browser: Browser): void {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    if (options?.storageState !== undefined) return context;
    contexts.add(context);
    context.once("close", () => contexts.delete(context));
    await context.addCookies([...cookies]);
    return context;
  };
}

/** The storage state of a browser that was let in nowhere. */
export const nobody = { cookies: [], origins: [] };
