#include "tests/unit/given.h"

#include <string.h>

#include "core/number.h"

static void registration_numbers(void **state) {
    (void)state;
    static const struct {
        const char *number;
        enum number_fault fault;
    } table[] = {
        {"京1112011201119084", NUMBER_GOOD},
        {"京1332011201228080", NUMBER_GOOD},
        {"晋1142024202501467", NUMBER_GOOD},
        {"京111050700001", NUMBER_GOOD},
        {"云153000800777", NUMBER_GOOD},
        {"军1992011201119084", NUMBER_GOOD},
        {"粤144202020210001", NUMBER_LENGTH}, /* 15 digits */
        {"京2112011201119084", NUMBER_LEVEL},
        {"京0112011201119084", NUMBER_LEVEL},
        {"京1712011201119084", NUMBER_REGION}, /* 71 is no province of registration */
        {"京1002011201119084", NUMBER_REGION},
        {"台1112011201119084", NUMBER_REGION},
        {"亭1112011201119084", NUMBER_REGION}, /* but for its last byte a province */
        {"1112011201119084", NUMBER_REGION},
        {"", NUMBER_REGION},
        {"京", NUMBER_LENGTH},
        {"京京112011201119084", NUMBER_CHARACTER},
        {"京111201120111908X", NUMBER_CHARACTER},
        {"京1112012201119084", NUMBER_YEARS},
        {"京111080700001", NUMBER_YEARS},
        {"京11120112011190840", NUMBER_LENGTH},
        {"京11105070000", NUMBER_LENGTH},
        {"京1110507000011", NUMBER_LENGTH},
        {"京１112011201119084", NUMBER_CHARACTER},
        {"京111201120111908/", NUMBER_CHARACTER}, /* the neighbours of the digits */
        {"京111201120111908:", NUMBER_CHARACTER},
        {"京1112011201119080", NUMBER_GOOD},
        {"京1112011201119089", NUMBER_GOOD},
        {"京1112011201119084 ", NUMBER_CHARACTER},
        {"京1112011201019084", NUMBER_YEARS}, /* qualified the year after the first registration */
        {"京1112011201319084", NUMBER_GOOD},
        {"京111060500001", NUMBER_YEARS},
        {"京111050500001", NUMBER_GOOD},
        {"京111050600001", NUMBER_GOOD},
        {"京1710507000010000", NUMBER_REGION},
        {"京111050700", NUMBER_LENGTH},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (number_registration(table[i].number, NULL) != table[i].fault)
            fail_msg("%s: %d, not %d", table[i].number, (int)number_registration(table[i].number, NULL),
                     (int)table[i].fault);
}

static void every_province_may_stand_in_a_number(void **state) {
    (void)state;
    static const char all[] = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新军";
    assert_int_equal(strlen(all), 32 * 3);
    for (size_t i = 0; i < strlen(all); i += 3) {
        char number[32] = "";
        memcpy(number, all + i, 3);
        memcpy(number + 3, "1112011201119084", 17);
        assert_int_equal(number_registration(number, NULL), NUMBER_GOOD);
    }
    int known = 0;
    for (int code = 0; code < 100; code++) {
        char text[3] = {(char)('0' + code / 10), (char)('0' + code % 10), '\0'};
        known += number_province_hanzi(text) != NULL;
    }
    assert_int_equal(known, 32);
}

static void parts_of_a_number(void **state) {
    (void)state;
    struct registration_number n;
    char text[NUMBER_REGISTRATION_SIZE];
    assert_int_equal(number_registration("京1332011201228080", &n), NUMBER_GOOD);
    assert_string_equal(n.province, "京");
    assert_int_equal(n.form, REGISTRATION_ELECTRONIC);
    assert_int_equal(n.first_province, 33);
    assert_int_equal(n.qualification_year, 2011);
    assert_int_equal(n.first_year, 2012);
    assert_int_equal(n.serial, 28080);
    number_registration_format(&n, text);
    assert_string_equal(text, "京1332011201228080");
    assert_int_equal(number_registration("云153000800777", &n), NUMBER_GOOD);
    assert_int_equal(n.form, REGISTRATION_PAPER);
    assert_int_equal(n.qualification_year, 0);
    assert_int_equal(n.first_year, 8);
    assert_int_equal(n.serial, 777);
}

static void resident_numbers(void **state) {
    (void)state;
    static const struct {
        const char *number;
        enum number_fault fault;
    } table[] = {
        {"11010519491231002X", NUMBER_GOOD}, /* the example of GB 11643 */
        {"110105194912310021", NUMBER_CHECK},
        {"427894199605106449", NUMBER_GOOD},
        {"110105196803011230", NUMBER_GOOD},
        {"11010519000101001X", NUMBER_GOOD},
        {"/10105198003071234", NUMBER_CHARACTER},
        {":10105198003071234", NUMBER_CHARACTER},
        {"11010519800307123/", NUMBER_CHARACTER},
        {"11010519800307123:", NUMBER_CHARACTER},
        {"1101051980030712:4", NUMBER_CHARACTER},
        {"11010519800307123Y", NUMBER_CHARACTER},
        {"11010519800307123W", NUMBER_CHARACTER},
        {"110105198003071234", NUMBER_GOOD},
        {"110105198003071235", NUMBER_CHECK},
        {"11010519000101001x", NUMBER_CHARACTER},
        {"1101051980030712", NUMBER_LENGTH},
        {"1101051980030712345", NUMBER_LENGTH},
        {"X10105198003071234", NUMBER_CHARACTER},
        {"710000198003071239", NUMBER_GOOD}, /* Taiwan, Hong Kong, Macao; Taiwan's people with a residence permit */
        {"810000198003071232", NUMBER_GOOD},
        {"820000198003071234", NUMBER_GOOD},
        {"830000198003071236", NUMBER_GOOD},
        {"720000198003071230", NUMBER_REGION},
        {"840000198003071238", NUMBER_REGION},
        {"910000198003071236", NUMBER_REGION},
        {"990105198003071234", NUMBER_REGION},
        {"000105198003071234", NUMBER_REGION},
        {"110105198002301234", NUMBER_DATE},
        {"110105189903071234", NUMBER_DATE},
        {"110105220003071234", NUMBER_DATE},
        {"", NUMBER_LENGTH},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (number_resident(table[i].number, NULL) != table[i].fault)
            fail_msg("%s: %d, not %d", table[i].number, (int)number_resident(table[i].number, NULL),
                     (int)table[i].fault);
    day birth = 42;
    assert_int_equal(number_resident("110105198003071235", &birth), NUMBER_CHECK);
    assert_int_equal(birth, 42);
    assert_int_equal(number_resident("110105198003071234", &birth), NUMBER_GOOD);
    assert_int_equal(birth, given_day("1980-03-07"));
}

/* Every change of one character, and every swap of neighbours that differ, is seen (GB 11643, ISO 7064 MOD 11-2). */
static void one_wrong_character_is_seen(void **state) {
    (void)state;
    static const char good[] = "110105196803011230", code[] = "91110105101163896D";
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (size_t i = 0; i < 18; i++) {
        char changed[19];
        memcpy(changed, good, sizeof changed);
        for (char c = '0'; c <= '9'; c++) {
            changed[i] = c;
            assert_int_equal(number_resident(changed, NULL) == NUMBER_GOOD, c == good[i]);
        }
        memcpy(changed, code, sizeof changed);
        for (const char *c = alphabet; *c != '\0'; c++) {
            changed[i] = *c;
            assert_int_equal(number_credit(changed) == NUMBER_GOOD, *c == code[i]);
        }
    }
}

static void credit_codes(void **state) {
    (void)state;
    assert_int_equal(number_credit("91110105101163896D"), NUMBER_GOOD);
    assert_int_equal(number_credit("91350100M000100Y43"), NUMBER_GOOD); /* the example of GB 32100 */
    assert_int_equal(number_credit("Y1584999LPKL5K0TG6"), NUMBER_GOOD);
    assert_int_equal(number_credit("91110105101163896E"), NUMBER_CHECK);
    assert_int_equal(number_credit("91110105101163896"), NUMBER_LENGTH);
    assert_int_equal(number_credit("91110105101163896DD"), NUMBER_LENGTH);
    assert_int_equal(number_credit("91110105101163896d"), NUMBER_CHARACTER);
    for (const char *c = "IOSVZ"; *c != '\0'; c++) {
        char code[] = "91110105101163896D";
        code[10] = *c;
        assert_int_equal(number_credit(code), NUMBER_CHARACTER);
    }
}

static void one_normaliser(void **state) {
    (void)state;
    static const struct {
        const char *text, *normal;
    } table[] = {
        {"京１１１２０１１２０１１１９０８４", "京1112011201119084"},
        {" 京 1112011 201119084\t\n", "京1112011201119084"},
        {"京1112011\u200B201119\uFEFF084\u00AD", "京1112011201119084"},
        {"\u3000京1112011201119084\u2003", "京1112011201119084"},
        {"11010519000101001x", "11010519000101001X"},
        {"ａｂｃＸ", "ABCX"},
        {"`az{", "`AZ{"},                 /* the neighbours of the small letters stay */
        {"！０９～", "!09~"},             /* the first and the last of full width */
        {"\uFF00\uFF5F", "\uFF00\uFF5F"}, /* their neighbours stay */
        {"ABCXYZ0189", "ABCXYZ0189"},
        {"%_'\"", "%_'\""},
        {"ßé", "ßé"},
        {"京\xFF"
         "1",
         "京1"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[NUMBER_SIZE];
        assert_int_equal(number_normalise(table[i].text, out, sizeof out), strlen(table[i].normal));
        assert_string_equal(out, table[i].normal);
    }
    for (size_t size = 1; size < 12; size++) {
        char out[12];
        memset(out, '#', sizeof out);
        size_t n = number_normalise("京津沪", out, size);
        assert_true(n < size && n % 3 == 0 && out[n] == '\0');
    }
}

/* A buffer that just fits, and one a byte too short: of a plain number and of one that has to be folded. */
static void normalising_into_little_room(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        const char *normal;
    } table[] = {
        {"ABC", 4, "ABC"}, {"ABC", 3, "AB"},  {"ABC", 1, ""},   {"abc", 4, "ABC"},
        {"abc", 3, "AB"},  {"京1", 5, "京1"}, {"京1", 4, "京"}, {"京1", 3, ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[8];
        memset(out, '#', sizeof out);
        assert_int_equal(number_normalise(table[i].text, out, table[i].size), strlen(table[i].normal));
        assert_string_equal(out, table[i].normal);
        assert_int_equal(out[table[i].size], '#');
    }
}

static void a_number_is_written_with_its_zeros(void **state) {
    (void)state;
    static const struct registration_number numbers[] = {
        {REGISTRATION_ELECTRONIC, "京", 1, 203, 4005, 60},
        {REGISTRATION_ELECTRONIC, "军", 99, 2011, 2012, 98765},
    };
    static const char *const expected[] = {"京1010203400500060", "军1992011201298765"};
    for (size_t i = 0; i < 2; i++) {
        char text[NUMBER_REGISTRATION_SIZE];
        number_registration_format(&numbers[i], text);
        assert_string_equal(text, expected[i]);
    }
}

static void masks_never_show_more_than_half(void **state) {
    (void)state;
    static const struct {
        const char *number, *masked;
    } table[] = {
        {"110105196803011230", "1101**********1230"},
        {"H10000001", "H1*****01"},
        {"", ""},
        {"123", "***"},
        {"1234", "1**4"},
        {"护照12345678", "护照******78"},
        {"1", "*"},
        {"12345678", "12****78"},
        {"123456789012345", "123*********345"},
        {"1234567890123456", "1234********3456"},
        {"12345678901234567890", "1234************7890"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char out[NUMBER_SIZE];
        number_mask(table[i].number, out, sizeof out);
        assert_string_equal(out, table[i].masked);
    }
    char little[5]; /* cut, and always ended */
    number_mask("12345678", little, sizeof little);
    assert_string_equal(little, "12**");
    number_mask("护照12345678", little, sizeof little);
    assert_string_equal(little, "护");
    number_mask("1234", little, sizeof little);
    assert_string_equal(little, "1**4");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registration_numbers),
        cmocka_unit_test(every_province_may_stand_in_a_number),
        cmocka_unit_test(parts_of_a_number),
        cmocka_unit_test(resident_numbers),
        cmocka_unit_test(credit_codes),
        cmocka_unit_test(one_wrong_character_is_seen),
        cmocka_unit_test(one_normaliser),
        cmocka_unit_test(masks_never_show_more_than_half),
        cmocka_unit_test(normalising_into_little_room),
        cmocka_unit_test(a_number_is_written_with_its_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
