declare module "html-encoding-sniffer" {
  /** The encoding's name by the WHATWG prescan; `defaultEncoding` as given when nothing in the bytes names one. */
  export default function sniff(bytes: Uint8Array, options: { defaultEncoding: null; maxPrescanBytes?: number }): string | null;
}
