const shapes = {
  search: 'M17 10.5a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Zm-1.5 5 5 5',
  order: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  rule: 'M5 4h11l3 3v13H5zM9 10h6M9 14h6',
  message: 'M4 5h16v12H10l-4 3v-3H4z',
  key: 'M12 15a4 4 0 1 1-8 0 4 4 0 0 1 8 0Zm-1-3 8-8m-3 3 3 3',
  case: 'M4 8h16v11H4zM8 8V5h8v3M4 13h16',
  phone: 'M7 3h10v18H7zM11 18h2',
  screen: 'M4 5h16v12H4zM9 21h6M12 17v4',
  game: 'M7 8h10l4 10-4-1-2-3H9l-2 3-4 1zM9 10v3m-1.5-1.5h3',
  person: 'M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM4 20c1-4 4-6 8-6s7 2 8 6',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  box: 'm4 8 8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9',
  code: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 19h1',
  home: 'm4 11 8-7 8 7v9h-5v-6H9v6H4z',
  tiles: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0ZM12 7v5.5l3.5 2',
  flag: 'M6 21V4h12l-3 4 3 4H6',
  gear: 'M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM12 4v3M12 17v3M4 12h3M17 12h3M6.5 6.5l2 2M15.5 15.5l2 2M17.5 6.5l-2 2M8.5 15.5l-2 2',
  lock: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3',
  arrow: 'M5 12h14m-5-5 5 5-5 5',
  money: 'M4 6h16v12H4zm5 3 3 3 3-3M12 12v4M10 13.5h4',
  bars: 'M4 20h16M7 16v-5M12 16V6M17 16v-8',
  picture: 'M4 5h16v14H4zm0 11 5-5 5 5 2-2 4 4',
  scales: 'M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z',
  cross: 'M6 6l12 12M18 6 6 18',
} as const;
export type IconName = keyof typeof shapes;
export const isIcon = (name: string): name is IconName => Object.hasOwn(shapes, name);

/** A line icon of the set. It says nothing to a screen reader: the words stand beside it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="ic"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinejoin="round"
      strokeLinecap="square"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
