# Reads the control file of a libFuzzer merge and names the inputs to keep, the one that reaches most new places first:
# at most `files` of them, with at most `bytes` in all and `largest` in one. What lies in `base` is there anyway.
#
# The control file: the number of files, the number of those that were there before, their paths, and for each file
# "STARTED number size" and "FT number place ...".

NR == 1 { count = $1; next }
NR == 2 { next }
NR <= 2 + count { path[NR - 3] = $0; next }
$1 == "STARTED" { size[$2] = $3 }
$1 == "FT" {
  places[$2] = ""
  for (field = 3; field <= NF; field++) places[$2] = places[$2] " " $field
}

function reach(file, list, number, index_) {
  number = split(places[file], list, " ")
  for (index_ = 1; index_ <= number; index_++) reached[list[index_]]
  delete places[file]
}

function gain(file, list, number, index_, total) {
  number = split(places[file], list, " ")
  total = 0
  for (index_ = 1; index_ <= number; index_++) if (!(list[index_] in reached)) total++
  return total
}

END {
  for (file in places) {
    if (index(path[file], base) == 1) reach(file)
    else if (size[file] > largest) delete places[file]
  }
  while (kept < files) {
    best = ""
    most = 0
    for (file in places) {
      # What a file reached alone it reaches no more of later: a look at the best so far spares most of the counting.
      if (file in last && last[file] < most) continue
      last[file] = gain(file)
      if (last[file] == 0) { delete places[file]; continue }
      if (last[file] > most || (last[file] == most && size[file] < size[best])) { best = file; most = last[file] }
    }
    if (best == "") exit
    if (total + size[best] <= bytes) {
      print path[best]
      kept++
      total += size[best]
      reach(best)
    } else {
      delete places[best]
    }
  }
}
