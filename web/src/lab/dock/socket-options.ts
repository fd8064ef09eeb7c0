/** Each option with a value to begin with; those without one can only be read. */
export const firstValues: Readonly<Record<string, string>> = {
  SO_REUSEADDR: 'true',
  SO_LINGER: '0s',
  SO_KEEPALIVE: 'true',
  TCP_KEEPIDLE: '60s',
  TCP_KEEPINTVL: '10s',
  TCP_KEEPCNT: '3',
  TCP_USER_TIMEOUT: '30s',
  TCP_NODELAY: 'true',
  TCP_MAXSEG: '536',
  TCP_DEFER_ACCEPT: '5s',
  SO_ERROR: '',
  TCP_INFO: '',
};
