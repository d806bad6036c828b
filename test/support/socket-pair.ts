import net from 'node:net';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {tempFolder} from './parser-module.ts';

/** Two ends of a real Unix socket; closed when the test is over. */
export const socketPair = async (): Promise<[net.Socket, net.Socket]> => {
  const server = net.createServer();
  const file = path.join(tempFolder(), 's');
  await new Promise<void>(resolve => server.listen(file, resolve));
  const accepted = new Promise<net.Socket>(resolve => server.once('connection', resolve));
  const near = net.connect(file);
  const far = await accepted;
  server.close();
  for (const socket of [near, far]) socket.on('error', () => {});
  onTestFinished(() => {
    near.destroy();
    far.destroy();
  });
  return [near, far];
};
