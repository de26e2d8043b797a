/** What a browser that is not let in is told, and the status it is told with. */
export const messages = {
  new: {
    status: 200,
    title: "This browser is not let in yet",
    words: "Dossier shows its sessions and reports only to browsers that were let in by whoever runs it.",
  },
  link: {
    status: 404,
    title: "This link lets nobody in",
    words: "It was used before, is older than an hour, or was not copied whole. Each link lets in one browser, once.",
  },
  preview: {
    status: 403,
    title: "This link opens as a page of its own",
    words: "It was asked for by another page, ahead of time, or by a program, and was not used up. Paste it into the address bar.",
  },
  token: {
    status: 401,
    title: "This is not the token",
    words: "Nobody was let in. The token is the API_TOKEN that this server was started with.",
  },
  wait: {
    status: 429,
    title: "Too many wrong tokens were sent",
    words: "Nobody is let in by a token for up to a minute. A launch link opens all the same.",
  },
  away: {
    status: 503,
    title: "Storage does not answer",
    words: "Nobody can be let in until the database is back; a link is not used up by this. Try again in a few seconds.",
  },
  foreign: {
    status: 403,
    title: "This came from another site",
    words: "Nobody was let in. Open this page itself, and sign in here.",
  },
} as const;
export type MessageName = keyof typeof messages;
