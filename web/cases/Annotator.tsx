import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Form } from 'react-router';
import { exhibits as words } from '../text/exhibits.ts';
import { useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { Areas } from './Areas.tsx';
import { areasMost, type Area, type Exhibit } from './exhibit.view.ts';

const empty: Area = { x: 0, y: 0, w: 0, h: 0 };
const first: Area = { x: 350, y: 350, w: 300, h: 200 };
const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, -10],
  ArrowDown: [0, 10],
};

/** Moves a frame, or sizes it, and keeps it within the picture. */
function moved(area: Area, [dx, dy]: readonly [number, number], sizes: boolean): Area {
  if (sizes)
    return {
      ...area,
      w: Math.max(10, clamp(area.w + dx, 1000 - area.x)),
      h: Math.max(10, clamp(area.h + dy, 1000 - area.y)),
    };
  return { ...area, x: clamp(area.x + dx, 1000 - area.w), y: clamp(area.y + dy, 1000 - area.h) };
}

/**
 * Notes over an own exhibit (F079): frames are dragged, moved by keys, or typed as numbers; without script the numbers are all there is. The
 * file below is never touched.
 */
export function Annotator({ each, picture }: { each: Exhibit; picture: string | null }) {
  const t = useText(words);
  const { layer } = each;
  const [areas, setAreas] = useState<readonly Area[]>(layer?.areas ?? []);
  const [chosen, setChosen] = useState(0);
  const change = (index: number, area: Area): void =>
    setAreas(
      Array.from({ length: Math.max(areas.length, index + 1) }, (_, i) =>
        i === index ? area : (areas[i] ?? empty),
      ),
    );
  return (
    <Form method="post" className="stack">
      <div className="note-row">
        <Input
          label={t('step')}
          name="step"
          type="number"
          min={1}
          max={99}
          defaultValue={layer?.step ?? ''}
        />
        <Input label={t('caption')} name="caption" maxLength={200} defaultValue={layer?.caption} />
      </div>
      {picture && (
        <Canvas
          picture={picture}
          each={each}
          areas={areas}
          chosen={chosen}
          set={setAreas}
          choose={setChosen}
        />
      )}
      <details className="fold">
        <summary className="btn line s">{t('areas')}</summary>
        <div className="stack mt-3">
          {Array.from({ length: areasMost }, (_, index) => (
            <Numbers
              key={index}
              index={index}
              area={areas[index] ?? empty}
              onChange={(area) => change(index, area)}
            />
          ))}
        </div>
      </details>
      <Submit intent="annotate">{t('noteDo')}</Submit>
    </Form>
  );
}

type Frames = { readonly areas: readonly Area[]; readonly chosen: number };
/** What a key does to the frames: arrows move or size the chosen one, Enter adds one, Delete removes it. */
function pressed({ areas, chosen }: Frames, event: KeyboardEvent): Frames | undefined {
  const [step, area] = [moves[event.key], areas[chosen]];
  if (step && area)
    return {
      areas: areas.map((one, index) => (index === chosen ? moved(one, step, event.shiftKey) : one)),
      chosen,
    };
  if (event.key === 'Enter' && areas.length < areasMost)
    return { areas: [...areas, first], chosen: areas.length };
  if ((event.key === 'Delete' || event.key === 'Backspace') && area)
    return { areas: areas.filter((_, index) => index !== chosen), chosen: Math.max(0, chosen - 1) };
  return undefined;
}

type CanvasProps = {
  picture: string;
  each: Exhibit;
  areas: readonly Area[];
  chosen: number;
  set: (areas: readonly Area[]) => void;
  choose: (index: number) => void;
};

/** The picture with its frames: dragging draws one, arrows move the chosen one. */
function Canvas({ picture, each, areas, chosen, set, choose }: CanvasProps) {
  const t = useText(words);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  const shown = areas.filter((area) => area.w > 0);
  const place = (event: PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: clamp(((event.clientX - box.left) / box.width) * 1000, 1000),
      y: clamp(((event.clientY - box.top) / box.height) * 1000, 1000),
    };
  };
  const draw = (event: PointerEvent, isEnd: boolean): void => {
    if (!from) return;
    const to = place(event);
    const area = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      w: Math.abs(to.x - from.x),
      h: Math.abs(to.y - from.y),
    };
    const rest = areas.slice(0, chosen);
    if (isEnd) setFrom(null);
    set(isEnd && (area.w < 10 || area.h < 10) ? rest : [...rest, area]);
  };
  const begin = (event: PointerEvent): void => {
    if (shown.length >= areasMost) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    set(shown);
    choose(shown.length);
    setFrom(place(event));
  };
  const key = (event: KeyboardEvent): void => {
    const next = pressed({ areas: shown, chosen }, event);
    if (!next) return;
    set(next.areas);
    choose(next.chosen);
    event.preventDefault();
  };
  return (
    <>
      <div
        className="shot edit"
        role="application"
        tabIndex={0}
        aria-label={t('areas')}
        aria-describedby="areas-how"
        onPointerDown={begin}
        onPointerMove={(event) => draw(event, false)}
        onPointerUp={(event) => draw(event, true)}
        onKeyDown={key}
      >
        <img
          src={picture}
          width={each.file?.width ?? undefined}
          height={each.file?.height ?? undefined}
          alt={t('picture', { name: each.file?.name ?? '' })}
          draggable={false}
        />
        <Areas areas={areas} chosen={chosen} />
      </div>
      <p className="mute" id="areas-how">
        {t('areasHint')}
      </p>
    </>
  );
}

const sides = ['left', 'top', 'width', 'height'] as const;
const names = { left: 'x', top: 'y', width: 'w', height: 'h' } as const;

function Numbers({ index, area, onChange }: { index: number; area: Area; onChange: (area: Area) => void }) {
  const t = useText(words);
  return (
    <fieldset className="area">
      <legend>{t('area', { number: index + 1 })}</legend>
      {sides.map((side) => (
        <label key={side}>
          {t(side)}
          <input
            className="in"
            type="number"
            min={0}
            max={1000}
            name={`${names[side]}${index + 1}`}
            value={area[names[side]] || ''}
            onChange={(event) =>
              onChange({ ...area, [names[side]]: clamp(Number(event.currentTarget.value), 1000) })
            }
          />
        </label>
      ))}
    </fieldset>
  );
}
