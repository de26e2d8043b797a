import type { MetadataRoute } from "next";

/** Crawlers may come everywhere: a page that is not to be listed says so itself, which they have to be able to read. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: "*", allow: "/" } };
}
