import { fittingControls, OPTIONAL_CONTROLS } from './fitting.js';

describe('the controls that fit into the bar', () => {
  it('are all of them on a laptop', () => {
    expect([...fittingControls(1000, OPTIONAL_CONTROLS)]).toEqual([...OPTIONAL_CONTROLS]);
  });

  it('are the most wanted two on a phone', () => {
    expect([...fittingControls(366, OPTIONAL_CONTROLS)]).toEqual(['chat', 'hand']);
  });

  it('give the place of what this browser cannot do to the next', () => {
    expect([...fittingControls(406, ['layout', 'people', 'chat'])]).toEqual(['chat', 'people', 'layout']);
  });

  it('are none where there is no room', () => {
    expect(fittingControls(0, OPTIONAL_CONTROLS).size).toBe(0);
  });
});
