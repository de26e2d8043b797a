import type { NextConfig } from "next";

/** The page policy of scripts and styles carries a nonce per request and is set in proxy.ts. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: true,
  images: { unoptimized: true },
  serverExternalPackages: ["postgres", "pg-boss", "linkedom", "undici"],
  headers: async () => [{ source: "/:path*", headers }],
  // A browser that has not yet met the page's own icon link, which Next streams after the first bytes, asks for this name.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  experimental: { turbopackRustReactCompiler: true },
};

export default config;
