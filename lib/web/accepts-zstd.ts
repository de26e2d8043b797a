/** Whether the reader of a response can unpack zstd: it names it, and does not give it the weight 0. */
export const acceptsZstd = (request: Request): boolean =>
  (request.headers.get("accept-encoding") ?? "").split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    return name === "zstd" && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
