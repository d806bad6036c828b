/** How many colours a terminal shows. `none` still has bold, dim and inverse. */
export type ColorDepth = 'none' | '16' | '256' | 'true';
