import { fileShape } from './file.contract.ts';
import { licenceTerms } from './licence.contract.ts';
import { parcelShape } from './parcel.contract.ts';
import { manualShape, openingShape } from './manual.contract.ts';
import { questionsShape } from './question.contract.ts';

/**
 * What only some kinds of goods have, one nullable object for each. Every field has a default, so that a version written before the field
 * existed reads as one that does not state it; `noKinds` says the same to the program.
 */
export const kindShapes = {
  questions: questionsShape.default([]),
  opening: openingShape.nullable().default(null),
  manual: manualShape.nullable().default(null),
  licence: licenceTerms.nullable().default(null),
  file: fileShape.nullable().default(null),
  parcel: parcelShape.nullable().default(null),
};

export const noKinds = {
  questions: [],
  opening: null,
  manual: null,
  licence: null,
  file: null,
  parcel: null,
};
