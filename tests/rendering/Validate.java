// Checks PDF files with veraPDF's engine: java -cp JARS Validate.java PDFUA-1,PDFA-2A FILE...
// Prints a line for each rule that a file breaks; its exit code is then 1.
import java.io.FileInputStream;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;

public class Validate {
    static boolean conforms(String standard, String file) throws Exception {
        var rules = Profiles.profileFromXml(
                Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + standard + ".xml"));
        var engine = Foundries.defaultInstance();
        try (var parser = engine.createParser(new FileInputStream(file), rules.getPDFAFlavour())) {
            var result = engine.createValidator(rules, false).validate(parser);
            result.getTestAssertions().stream()
                    .filter(each -> each.getStatus() == TestAssertion.Status.FAILED)
                    .map(each -> file + ": " + standard + " " + each.getRuleId().getClause() + ": " + each.getMessage())
                    .distinct()
                    .forEach(System.out::println);
            System.out.println(file + ": " + standard + ": " + result.getTotalAssertions() + " checks");
            return result.isCompliant();
        }
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        boolean all = true;
        for (int i = 1; i < arguments.length; i++)
            for (String standard : arguments[0].split(","))
                all &= conforms(standard, arguments[i]);
        System.exit(all ? 0 : 1);
    }
}
