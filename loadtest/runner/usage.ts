export const USAGE = `npm run loadtest -- [options]

Brings people to a running server, over real signalling, ICE, DTLS and SRTP, and reports what they lived through.

Who comes (counts are per room)
  --rooms N               rooms of this shape (1)
  --publishers N          people with camera and microphone; they see the others too (4, if nobody else is asked for)
  --audio-publishers N    people with a microphone only (0)
  --subscribers N         people who only watch and listen (0)
  --layout NAME           what each has on screen: speaker, 3x3, 4x4, 5x5 or all (3x3; one's own picture takes a tile)
  --simulate-speakers     microphones take turns; otherwise all speak all the time
  --resolution NAME       the largest layer of cameras: 180p, 360p or 720p (720p)
  --no-simulcast          cameras send that layer only
  --screen-share          the first publisher of each room shows a screen too
  --churn N               N times a minute somebody leaves and somebody else comes (0)
  --scenario FILE         rooms of several shapes, from a JSON file; docs/LOADTEST.md describes it

When
  --duration SECONDS      of the measured part, after everybody has come (30)
  --ramp SECONDS          people come evenly over this time (1 s for 10 people)
  --seed N                chooses who speaks and leaves when; the same seed, the same run (1)

Where
  --url ORIGIN            the server (http://127.0.0.1:3000)
  --token TOKEN           access token of the account that makes the rooms (a new account)
  --load-test-key KEY     lifts the rate limits of a server that was started with the same LOAD_TEST_KEY
  --metrics-url URL       the server's Prometheus page (http://127.0.0.1:9464/metrics, if it answers)
  --metrics-token TOKEN   its bearer token, if it asks for one
  --processes N           of the load tester (one for 25 people, at most one a core)

What comes of it
  --slo RULES             a gate, such as 'join_p95<800ms,loss<0.5%,failed_joins=0': exit code 2 when it breaks
  --find-max              raises the load until the gate breaks, and says what ran out
  --raise WHAT            with --find-max: rooms, publishers, audio-publishers or subscribers
                          (rooms, if there are several; else subscribers, if there are any; else publishers)
  --report PATH           writes a report: .txt, .json, .xml (JUnit) or .html; a folder gets all four; may be repeated
  --quiet                 prints the result only
  --help

To try the reports out
  --impair loss=0.05,delay=80    loses 5 % of the people's packets and delays the rest by 80 ms, in each direction

Exit codes: 0 done · 1 wrong use, or the load tester failed · 2 the gate broke · 130 stopped by Ctrl-C`;
