/** The files that whoever has a link may take along, by the last part of their address. What holds more than the page does is not among them. */
export const fileFormats: Record<string, string> = { md: "Markdown", pdf: "PDF" };
