import { data } from 'react-router';

export const handle = { static: true };

/** Everything that no other route names. Also for methods other than GET, so that a lost form gets an answer. */
export function loader(): never {
  throw data(null, { status: 404 });
}
export const action = loader;

export default function NotFound() {
  return null;
}
