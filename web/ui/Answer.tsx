import type { ReactNode } from 'react';
import { Note } from './Blank.tsx';

/** What came of what somebody just did: a refusal, or that it was done. A page that refuses says nothing of the deed before. */
export function Answer({ refused, did }: { refused?: ReactNode; did?: ReactNode }) {
  if (!refused && !did) return null;
  return (
    <div className="mb-4">
      {refused ? (
        <Note tone="bad" answer>
          {refused}
        </Note>
      ) : (
        <Note answer>{did}</Note>
      )}
    </div>
  );
}
