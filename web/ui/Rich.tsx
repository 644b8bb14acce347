import { Fragment } from 'react';
import { Cite } from './Cite.tsx';

/** A text of ours with its marks drawn: `**bold**`, `[[5]]` as a citation. Never give it what a user wrote. */
export function Rich({ text, version }: { text: string; version?: string | undefined }) {
  return text.split(/(\*\*[^*]+\*\*|\[\[\d+\]\])/).map((piece, index) => {
    if (piece.startsWith('**')) return <b key={index}>{piece.slice(2, -2)}</b>;
    if (piece.startsWith('[[')) return <Cite key={index} article={piece.slice(2, -2)} version={version} />;
    return <Fragment key={index}>{piece}</Fragment>;
  });
}
