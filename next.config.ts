import type { NextConfig } from "next";

/** The page policy of scripts and styles carries a nonce per request and is set in proxy.ts. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
];

/**
 * Next compresses an answer of a route handler only where its type was set here: the handler's own reaches the compression as a list, which it cannot
 * read (next 16.4.5, server/send-response.js). It makes a shared page a sixteenth of its size.
 */
const htmlType = [{ key: "Content-Type", value: "text/html; charset=utf-8" }];
const sharedPages = ["/shared/:token", "/shared/:token/trace", "/shared/:token/sources/:n"];

/**
 * The pages with the form that lets a browser in: under no-referrer it would be sent as from nowhere ("Origin: null"), and refused. To other sites
 * nothing goes either way.
 */
const formHeaders = [{ key: "Referrer-Policy", value: "same-origin" }];
const formPages = ["/sign-in", "/launch/:token"];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  images: { unoptimized: true },
  serverExternalPackages: ["postgres", "pg-boss", "linkedom", "undici"],
  headers: async () => [
    { source: "/:path*", headers },
    ...sharedPages.map((source) => ({ source, headers: htmlType })),
    ...formPages.map((source) => ({ source, headers: formHeaders })),
  ],
  // A browser that has not yet met the page's own icon link, which Next streams after the first bytes, asks for this name.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  experimental: { turbopackRustReactCompiler: true },
};

export default config;
