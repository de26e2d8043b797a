import NotFound from "#app/not-found.tsx";

/** Inside the frame, with the navigation. */
export default function NotFoundHere() {
  return <NotFound />;
}
