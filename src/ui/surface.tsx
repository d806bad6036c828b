import {useLayoutEffect} from 'react';
import type {Compose, Painter, Rect} from './painter.ts';

export type SurfaceProps = {readonly painter: Painter; readonly rect: Rect; readonly compose: Compose};

/**
 * What a canvas is to a web page: a rectangle that the painter paints. Nothing
 * of it is Ink's: to lay out a blank rectangle, to make up its 10,000 cells and
 * to write them took Ink 100 ms, and over what was painted already.
 */
export const Surface = ({painter, rect: {left, top, width, height}, compose}: SurfaceProps): null => {
  useLayoutEffect(
    () => (width > 0 && height > 0 ? painter.mount({left, top, width, height}, compose) : undefined),
    [painter, compose, left, top, width, height],
  );
  return null;
};
