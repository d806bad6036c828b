import {Box, useBoxMetrics} from 'ink';
import type {BoxProps, DOMElement} from 'ink';
import {useLayoutEffect, useRef} from 'react';
import type {ReactElement} from 'react';
import type {Compose, Painter} from './painter.ts';

export type SurfaceProps = Pick<BoxProps, 'height' | 'flexGrow' | 'flexShrink'> & {
  readonly painter: Painter;
  readonly compose: Compose;
};

/**
 * What a canvas is to a web page: Ink lays out its rectangle and leaves it
 * blank, the painter paints it. Must be a child of the root box, since its
 * place is measured against its parent.
 */
export const Surface = ({painter, compose, ...box}: SurfaceProps): ReactElement => {
  const ref = useRef<DOMElement>(null);
  const {left, top, width, height, hasMeasured} = useBoxMetrics(ref);
  useLayoutEffect(
    () => (hasMeasured && width > 0 && height > 0 ? painter.mount({left, top, width, height}, compose) : undefined),
    [painter, compose, left, top, width, height, hasMeasured],
  );
  return <Box ref={ref} {...box} />;
};
