# Passes on what `swift test` prints. Before its closing line it repeats what failed, which may be thousands of lines back
# and is all that matters of a log that somebody kept the end of.
#
# usage: swift test ... 2>&1 | awk -f ops/lib/closing.awk

/^✘/ && !/known issue/ && !/^✘ Test run with/ && !/^✘ Suite/ { failed[++count] = $0 }

/Test run with [0-9]+ tests? / && count {
  print "What failed:"
  for (i = 1; i <= count && i <= 100; i++) print "  " failed[i]
  if (count > 100) print "  ... and " count - 100 " lines more"
}

{ print; fflush() }
