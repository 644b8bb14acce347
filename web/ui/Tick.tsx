import clsx from 'clsx';
import { useId, type ReactNode } from 'react';

type Props = {
  name: string;
  value?: string;
  title: ReactNode;
  children?: ReactNode;
  /** When it was ticked, once it was. */
  at?: ReactNode;
  /** Set when the form came back without it: the box turns 朱 and says that it is missing. */
  missing?: string | undefined;
  /** Only to give back what the person ticked on a form that came back. Never true on a first view. */
  wasTicked?: boolean;
};

/** 勾选: an acknowledgement. Never ticked beforehand. */
export function Tick({ name, value = 'yes', title, children, at, missing, wasTicked }: Props) {
  const id = useId();
  return (
    <label className={clsx('tick', missing !== undefined && 'miss')}>
      <input
        type="checkbox"
        name={name}
        value={value}
        defaultChecked={wasTicked}
        aria-describedby={missing === undefined ? undefined : id}
        aria-invalid={missing === undefined ? undefined : true}
      />
      <span>
        <b>{title}</b>
        {children && <p>{children}</p>}
        {at && <p className="text-brand">{at}</p>}
        {missing !== undefined && (
          <p className="err" id={id}>
            {missing}
          </p>
        )}
      </span>
    </label>
  );
}
