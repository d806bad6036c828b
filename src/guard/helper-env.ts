const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What our helpers get of the environment: where programs are. Not the rest: it
 * may hold the tag of a keepup around us, which kills all that carry it, and a
 * watchdog must outlive that.
 */
export const HELPER_ENV: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] === undefined ? SYSTEM_PATH : `${SYSTEM_PATH}:${process.env['PATH']}`,
  LC_ALL: 'C',
};
