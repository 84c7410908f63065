// Times the expressions of the file in the first argument under JSONata's own implementation; prints a line for each.
const fs = require("fs");
const jsonata = require("jsonata");
const { states, bindings, expressions } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

const ROUNDS = 7;
const NANOSECONDS = 30e6;

(async () => {
  for (const { name, text } of expressions) {
    const expression = jsonata(text);
    const all = { ...bindings, states };
    const value = await expression.evaluate(undefined, all);
    const time = async (repeats) => {
      const start = process.hrtime.bigint();
      for (let index = 0; index < repeats; index++) await expression.evaluate(undefined, all);
      return Number(process.hrtime.bigint() - start) / repeats;
    };
    await time(200);
    const repeats = Math.max(1, Math.round(NANOSECONDS / (await time(50))));
    const times = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await time(repeats));
    times.sort((left, right) => left - right);
    console.log(JSON.stringify({ name, nanoseconds: times[ROUNDS >> 1], value }));
  }
})();
