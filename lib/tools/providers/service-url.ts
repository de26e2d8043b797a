/** The address of a path below a service's base address, which may have a path of its own and may end in a slash or not. */
export function serviceUrl(baseUrl: string, path: string, parameters: Record<string, string> = {}): URL {
  const url = new URL(path, baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  return url;
}
