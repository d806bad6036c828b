import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect} from 'react';
import type {ReactElement} from 'react';
import {keyNames} from './input.ts';
import {MIN_COLS, MIN_ROWS} from './layout.ts';
import type {Painter, Rect} from './painter.ts';
import type {Session} from './session.ts';
import {Surface} from './surface.tsx';
import type {Lend} from './suspension.ts';

export type AppProps = {
  readonly session: Session;
  readonly painter: Painter;
  /** Takes Ink's way to lend the terminal, which it gives to components alone. */
  readonly onLend: (lend: Lend) => void;
};

/** The shell: where header, body and footer are, and where keys go. Renders only when the terminal's size changes. */
export const App = ({session, painter, onLend}: AppProps): ReactElement => {
  const {columns, rows} = useWindowSize();
  const {suspendTerminal} = useApp();
  useEffect(() => onLend(() => suspendTerminal()), [onLend, suspendTerminal]);
  useEffect(() => session.start(), [session]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) session.press(name);
  });
  // A paste by accident must not act as keys; taking it is enough.
  usePaste(ignore);
  const rect = (top: number, height: number): Rect => ({left: 0, top, width: columns, height});
  if (columns < MIN_COLS || rows < MIN_ROWS) {
    return <Surface painter={painter} rect={rect(0, rows)} compose={session.tooSmall} />;
  }
  return (
    <>
      <Surface painter={painter} rect={rect(0, 1)} compose={session.header} />
      <Surface painter={painter} rect={rect(1, rows - 2)} compose={session.body} />
      <Surface painter={painter} rect={rect(rows - 1, 1)} compose={session.footer} />
    </>
  );
};

const ignore = (): void => undefined;
