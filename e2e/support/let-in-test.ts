import { type APIRequestContext, type Browser, test as base } from "@playwright/test";
import { letInContextsOf } from "./let-in.ts";

/** Playwright's test, whose browser and requests are let in wherever a Dossier runs, also one that starts later. */
export const test = base.extend<{ request: APIRequestContext }, { browser: Browser }>({
  browser: [
    async ({ browser }, use) => {
      letInContextsOf(browser);
      await use(browser);
    },
    { scope: "worker" },
  ],
  // With the cookies of a browser.
  request: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(context.request);
    await context.close();
  },
});
