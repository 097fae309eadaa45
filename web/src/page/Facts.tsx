/** Names and values in two columns; what is empty is left out. */
import type { ReactNode } from "react";

export function Facts({ rows }: { rows: Record<string, ReactNode> }) {
  const known = Object.entries(rows).filter(([, value]) => value);
  return (
    <dl>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
